using System.Diagnostics;
using System.Globalization;

namespace Nexus.FaultyServer;

/// <summary>
/// Kills this process with SIGKILL at a point that a file names, e.g. <c>StartReplica after 2</c>: the second time that this is done
/// from then on. The file goes with it, so that the server that is started next is whole.
/// </summary>
internal sealed class Fault(string file)
{
    public const string FileName = "fault";

    private readonly Lock _lock = new();
    private int _passed;

    public void At(string point)
    {
        lock (_lock)
        {
            if (!File.Exists(file) || File.ReadAllText(file).Trim() is not { Length: > 0 } told) return;
            var (asked, times) = (told[..told.LastIndexOf(' ')], int.Parse(told[(told.LastIndexOf(' ') + 1)..], CultureInfo.InvariantCulture));
            if (asked != point || ++_passed < times) return;
            File.Delete(file);
            using var self = Process.GetCurrentProcess();
            self.Kill();
        }
    }

    public async Task AroundAsync(string action, Func<Task> act)
    {
        At($"{action} before");
        await act();
        At($"{action} after");
    }

    public async Task<T> AroundAsync<T>(string action, Func<Task<T>> act)
    {
        At($"{action} before");
        var result = await act();
        At($"{action} after");
        return result;
    }
}
