using System.CommandLine;
using PolarGrid.Edge;
using PolarGrid.Engine.Llama.Running;

namespace PolarGrid.Cli.Up;

/// <summary><c>polargrid up</c>: reads the settings, then <see cref="Server"/> does the rest.</summary>
internal static class UpCommand
{
    public static Command Create()
    {
        var urls = new Option<string>("--urls")
        {
            Description = "Address to listen on; several are separated by semicolons.",
            HelpName = "URL",
            DefaultValueFactory = _ => "http://127.0.0.1:8080",
        };
        var models = new Option<string[]>("--model")
        {
            Description = "A GGUF file to serve and the name that callers use for it. Repeat for more. Without it: the built-in polar-tiny.",
            HelpName = "NAME=PATH",
            DefaultValueFactory = _ => [],
        };
        var aliases = new Option<string[]>("--alias")
        {
            Description = "A further name for a served model, for example gpt-4o-mini=polar-tiny or whisper-1=pocketsphinx. Repeat for more.",
            HelpName = "NAME=MODEL",
            DefaultValueFactory = _ => [],
        };
        var threads = new Option<int?>("--threads")
        {
            Description = "Threads that compute, 1 to 512. Without it: one per processor.",
            HelpName = "N",
        };
        var context = new Option<int?>("--context")
        {
            Description = "Most tokens of one conversation, prompt and answer together. Without it: what the model was trained for, as far as memory goes.",
            HelpName = "TOKENS",
        };
        var kvTokens = new Option<int?>("--kv-tokens")
        {
            Description = "Tokens that all conversations of a model may keep in memory together. Without it: sized to the machine.",
            HelpName = "TOKENS",
        };
        var kvLayout = new Option<KvLayout?>("--kv-layout")
        {
            Description = "shared: conversations fill one cache, a common beginning is kept once. separate: each has its own part, which is faster with many at once. Without it: separate where --kv-tokens is at least --parallel times --context.",
        };
        var parallel = new Option<int>("--parallel")
        {
            Description = "Most answers that a model computes at the same time, 1 to 128; more callers wait in a queue.",
            HelpName = "N",
            DefaultValueFactory = _ => 32,
        };
        var queue = new Option<int>("--queue")
        {
            Description = "Most requests of a model that wait for their turn, 0 to 100000; one more is refused with 503 and Retry-After.",
            HelpName = "N",
            DefaultValueFactory = _ => 256,
        };
        var requestsPerMinute = new Option<int>("--requests-per-minute")
        {
            Description = "Most inference requests of one API key in a minute, 1 to 1000000; one more is refused with 429 and Retry-After. 0 is no limit. 'polargrid keys limit' sets another one for a key.",
            HelpName = "N",
            DefaultValueFactory = _ => 0,
        };
        var draftTokens = new Option<int>("--draft-tokens")
        {
            Description = "Most tokens that are foretold from a conversation's own text and checked together, 0 to 16; 0 switches it off. Answers that repeat their prompt or themselves come faster; where guesses fail none are computed.",
            HelpName = "N",
            DefaultValueFactory = _ => 15,
        };
        var profile = new Option<string>("--profile")
        {
            Description = "Whose defaults apply: polargrid (150 tokens, temperature 0.7), openai or grid (as many tokens as fit, temperature 1).",
            HelpName = "NAME",
            DefaultValueFactory = _ => ApiProfile.PolarGrid.Name,
        };
        profile.CompletionSources.Add([.. ApiProfile.All.Select(known => known.Name)]);
        var region = new Option<string>("--region")
        {
            Description = "Where this server stands, for example yto-01; answers tell it in pg_metadata.",
            HelpName = "NAME",
            DefaultValueFactory = _ => "local",
        };
        var embeddings = new Option<bool>("--embeddings")
        {
            Description = "Make room for /v1/embeddings at the start. Without it: at the first request for them.",
        };
        var allowGrammar = new Option<bool>("--allow-grammar")
        {
            Description = "Let callers send grammars of their own (the fields grammar and guided_grammar).",
        };
        var rejectUnknown = new Option<bool>("--reject-unknown")
        {
            Description = "Refuse requests with fields that the server does not know. Without it: the header x-polargrid-ignored names them.",
        };
        var speechEngines = new Option<int?>("--speech-engines")
        {
            Description = "Instances of each speech model, 1 to 64: so many texts are spoken and recordings heard at the same time. Without it: one per processor, at most 4.",
            HelpName = "N",
        };
        var speechThreads = new Option<int?>("--speech-threads")
        {
            Description = "Threads that one instance of a neural speech model computes with, 1 to 64: more of them answer one caller sooner, fewer serve many better. Without it: 1.",
            HelpName = "N",
        };
        var maxAudioMinutes = new Option<int?>("--max-audio-minutes")
        {
            Description = "Longest recording that is transcribed, in minutes, 1 to 1440. Without it: 120.",
            HelpName = "N",
        };
        var maxUploadMb = new Option<int?>("--max-upload-mb")
        {
            Description = "Largest file that is transcribed, in MiB, 1 to 1024. Without it: 25.",
            HelpName = "N",
        };
        var liveSeconds = new Option<int?>("--live-seconds")
        {
            Description = "Longest live session, in seconds, 1 to 86400. Without it: 120.",
            HelpName = "N",
        };
        var liveSessions = new Option<int?>("--live-sessions")
        {
            Description = "Most live sessions at once, 1 to 10000; one more is refused with 503. Without it: 16.",
            HelpName = "N",
        };
        var noSpeech = new Option<bool>("--no-speech")
        {
            Description = "Serve no speech models.",
        };
        var logFormat = new Option<LogFormat>("--log-format")
        {
            Description = "How log lines look: text for people, json for machines.",
            DefaultValueFactory = _ => LogFormat.Text,
        };

        var command = new Command(
            "up",
            """
            Start a server on this machine. It listens on loopback and stops with Ctrl+C.

            POLARGRID_HOME           folder for keys (default ~/.polargrid)
            POLARGRID_BOOTSTRAP_KEY  the first API key; without it one is made and shown once
            OTEL_EXPORTER_OTLP_ENDPOINT  where traces go; without it there are none
            """)
        {
            urls, models, aliases, threads, context, kvTokens, kvLayout, parallel, queue, draftTokens, requestsPerMinute, profile, region,
            embeddings, allowGrammar, rejectUnknown, speechEngines, speechThreads, noSpeech, maxAudioMinutes, maxUploadMb, liveSeconds, liveSessions, logFormat,
        };
        command.SetAction((parsed, cancellationToken) =>
        {
            var mistakes = new List<string>();
            var profileName = parsed.GetRequiredValue(profile);
            if (ApiProfile.Find(profileName) is not { } chosen)
            {
                mistakes.Add($"--profile is '{profileName}'; it must be one of: {string.Join(", ", ApiProfile.All.Select(known => known.Name))}.");
                chosen = ApiProfile.PolarGrid;
            }

            var settings = new UpSettings
            {
                Urls = parsed.GetRequiredValue(urls),
                Models = ModelArgument.ReadAll(parsed.GetRequiredValue(models), mistakes),
                Aliases = AliasArgument.ReadAll(parsed.GetRequiredValue(aliases), mistakes),
                Threads = parsed.GetValue(threads),
                ContextTokens = parsed.GetValue(context),
                KvTokens = parsed.GetValue(kvTokens),
                KvLayout = parsed.GetValue(kvLayout),
                Parallel = parsed.GetValue(parallel),
                Queue = parsed.GetValue(queue),
                RequestsPerMinute = parsed.GetValue(requestsPerMinute),
                DraftTokens = parsed.GetValue(draftTokens),
                Profile = chosen,
                Region = parsed.GetRequiredValue(region),
                AllowGrammar = parsed.GetValue(allowGrammar),
                RejectUnknown = parsed.GetValue(rejectUnknown),
                Embeddings = parsed.GetValue(embeddings),
                SpeechEngines = parsed.GetValue(speechEngines),
                SpeechThreads = parsed.GetValue(speechThreads),
                NoSpeech = parsed.GetValue(noSpeech),
                Hearing = new HearingLimits
                {
                    MaxAudioMinutes = parsed.GetValue(maxAudioMinutes),
                    MaxUploadMb = parsed.GetValue(maxUploadMb),
                    LiveSeconds = parsed.GetValue(liveSeconds),
                    LiveSessions = parsed.GetValue(liveSessions),
                },
                LogFormat = parsed.GetValue(logFormat),
            };
            settings.Check(mistakes);
            return mistakes.Count > 0 ? Task.FromResult(Terminal.Fail(mistakes)) : Server.RunAsync(settings, cancellationToken);
        });
        return command;
    }
}
