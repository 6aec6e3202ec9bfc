namespace Nexus.Auth.Keys;

/// <summary>How long what happens to a key takes to be known everywhere.</summary>
internal static class KeyTimes
{
    /// <summary>How long others may keep our published keys without asking again.</summary>
    public static readonly TimeSpan PublishedCopies = TimeSpan.FromMinutes(5);

    /// <summary>How often a node looks for new keys.</summary>
    public static readonly TimeSpan Reload = TimeSpan.FromSeconds(3);

    /// <summary>For nodes that read late and for clocks that differ.</summary>
    private static readonly TimeSpan Margin = TimeSpan.FromMinutes(1);

    /// <summary>How long a new key is published before it signs: nobody then meets a key that they can't know yet.</summary>
    public static TimeSpan Notice => PublishedCopies + Margin;

    /// <summary>How long a key is still published after it signed last.</summary>
    public static TimeSpan Retirement(AuthLifetimes lifetimes) =>
        (lifetimes.AccessToken > lifetimes.FirstPartyToken ? lifetimes.AccessToken : lifetimes.FirstPartyToken) + Margin;
}
