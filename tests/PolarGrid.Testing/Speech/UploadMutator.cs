using System.Net.Http.Headers;
using System.Text;

namespace PolarGrid.Testing.Speech;

/// <summary>Makes damaged uploads out of good ones: mostly the file, sometimes the form around it. The same seed gives the same uploads.</summary>
public sealed class UploadMutator(int seed, IReadOnlyList<byte[]> files, string model)
{
    private const string Boundary = "mutation";

    private static readonly string[] Values = ["", "true", "NaN", "-1", "1e999", "[]", "{}", "{\"type\":\"server_vad\"}", "word", "verbose_json", "srt", "en", "\u0000", "ä"];
    private static readonly string[] Names = ["model", "language", "temperature", "stream", "response_format", "timestamp_granularities[]", "chunking_strategy", "chunking_strategy[threshold]", "prompt", "x[", "[]", "file"];

    private readonly Random random = new(seed);

    public HttpContent Next()
    {
        var form = random.Next(5) == 0;
        var body = Body(form ? Pick(files) : Damage(Pick(files)), withFields: form || random.Next(4) == 0);
        if (form && random.Next(2) == 0) body = Damage(body);
        var content = new ByteArrayContent(body);
        content.Headers.ContentType = MediaTypeHeaderValue.Parse($"multipart/form-data; boundary={Boundary}");
        return content;
    }

    private byte[] Body(byte[] file, bool withFields)
    {
        using var body = new MemoryStream();
        Write("model", model);
        for (var extra = withFields ? random.Next(1, 4) : 0; extra > 0; extra--) Write(Pick(Names), Pick(Values));
        body.Write(Encoding.UTF8.GetBytes($"--{Boundary}\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a.mp3\"\r\n\r\n"));
        body.Write(file);
        body.Write(Encoding.UTF8.GetBytes($"\r\n--{Boundary}--\r\n"));
        return body.ToArray();

        void Write(string name, string value) =>
            body.Write(Encoding.UTF8.GetBytes($"--{Boundary}\r\nContent-Disposition: form-data; name=\"{name}\"\r\n\r\n{value}\r\n"));
    }

    private byte[] Damage(byte[] bytes)
    {
        var damaged = bytes.ToList();
        for (var times = random.Next(1, 5); times > 0 && damaged.Count > 0; times--) DamageOnce(damaged);
        return [.. damaged];
    }

    private void DamageOnce(List<byte> bytes)
    {
        // Headers are where the interesting numbers are.
        var at = random.Next(random.Next(3) > 0 ? Math.Min(200, bytes.Count) : bytes.Count);
        switch (random.Next(9))
        {
            case 0:
                bytes.RemoveRange(at, bytes.Count - at);
                break;
            case 1:
                bytes.RemoveRange(at, Math.Min(random.Next(1, 64), bytes.Count - at));
                break;
            case 2:
                bytes.InsertRange(at, [.. Enumerable.Range(0, random.Next(1, 64)).Select(_ => (byte)random.Next(256))]);
                break;
            case 3:
                for (var place = at; place < Math.Min(at + 4, bytes.Count); place++) bytes[place] = 0xFF;
                break;
            case 4:
                for (var place = at; place < Math.Min(at + 4, bytes.Count); place++) bytes[place] = 0;
                break;
            case 5:
                bytes.InsertRange(at, bytes.GetRange(0, Math.Min(random.Next(1, 400), bytes.Count)));
                break;
            case 6:
                var other = Pick(files);
                bytes.InsertRange(at, other.AsSpan(0, random.Next(other.Length)));
                break;
            case 7:
                bytes[at] ^= (byte)(1 << random.Next(8));
                break;
            default:
                bytes[at] = (byte)random.Next(256);
                break;
        }
    }

    private T Pick<T>(IReadOnlyList<T> list) => list[random.Next(list.Count)];
}
