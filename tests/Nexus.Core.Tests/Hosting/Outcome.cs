using FluentAssertions;
using FluentAssertions.Specialized;

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

    /// <summary>Fails unless it is refused with the code.</summary>
    public static Task<ExceptionAssertions<NexusException>> Refused(Func<Task> act, string code) =>
        act.Should().ThrowAsync<NexusException>().Where(refusal => refusal.Code == code);
}
