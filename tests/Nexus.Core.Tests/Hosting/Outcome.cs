namespace Nexus.Core.Tests.Hosting;

/// <summary>How a command ended: <c>OK</c>, or the code of its refusal.</summary>
internal static class Outcome
{
    public static async Task<string> OfAsync(Func<Task> act)
    {
        try
        {
            await act();
            return "OK";
        }
        catch (NexusException refusal)
        {
            return refusal.Code;
        }
    }
}
