using System.CommandLine;
using PolarGrid.LoadBench.Commands;

var command = LoadCommand.Create();
command.Add(CompareCommand.Create());
command.Add(SpeechCommand.Create());
command.Add(TranscribeCommand.Create());
command.Add(SpinCommand.Create());

// Time to end the servers that 'compare' started.
var configuration = new InvocationConfiguration { ProcessTerminationTimeout = TimeSpan.FromSeconds(20) };
return await command.Parse(args).InvokeAsync(configuration);
