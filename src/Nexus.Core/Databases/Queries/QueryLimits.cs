namespace Nexus.Core.Databases.Queries;

/// <summary>How much of a result is returned.</summary>
public static class QueryLimits
{
    public const int DefaultRows = 1000;
    public const int MostRows = 10_000;
    public const int MostBytes = 5 * 1024 * 1024;
    public const int MostParameters = 1000;
}
