using PolarGrid.LoadBench.Commands;

var command = LoadCommand.Create();
command.Add(CompareCommand.Create());
command.Add(SpinCommand.Create());
return await command.Parse(args).InvokeAsync();
