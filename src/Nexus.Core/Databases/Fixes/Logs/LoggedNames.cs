namespace Nexus.Core.Databases.Fixes.Logs;

/// <summary>Names as messages write them.</summary>
internal static class LoggedNames
{
    private static readonly char[] Quotes = ['"', '`', '\'', '«', '»', '„', '“', '”'];

    /// <summary>A name and what it is in, as <c>sales.orders</c>: PostgreSQL doesn't say which dots are of the name itself.</summary>
    public static (string? Qualifier, string? Name) Split(string? text)
    {
        if (text is null) return (null, null);
        var bare = text.Trim(Quotes);
        var dot = bare.LastIndexOf('.');
        return dot < 0 ? (null, bare) : (bare[..dot].Trim(Quotes), bare[(dot + 1)..].Trim(Quotes));
    }
}
