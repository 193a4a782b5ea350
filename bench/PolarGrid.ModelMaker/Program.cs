using PolarGrid.ModelMaker;
using PolarGrid.ModelMaker.Speech;

var command = MakeCommand.Create();
command.Add(SpeechModelCommand.Create());
return await command.Parse(args).InvokeAsync();
