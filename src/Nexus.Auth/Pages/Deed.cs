using Nexus.Core;

namespace Nexus.Auth.Pages;

/// <summary>What a form's deed came to, in words for its page: one of the two.</summary>
internal sealed record Deed(string? Done, string? Problem)
{
    public static async Task<Deed> DoAsync(Func<Task<string>> act)
    {
        try
        {
            return new(await act(), null);
        }
        catch (NexusException refusal)
        {
            return new(null, $"{refusal.Message} {refusal.Hint}".TrimEnd());
        }
    }
}
