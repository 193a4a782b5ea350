using PolarGrid.ModelMaker;

return await MakeCommand.Create().Parse(args).InvokeAsync();
