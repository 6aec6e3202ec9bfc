namespace Nexus.Core.Databases.Fixes.Rules;

/// <summary>Types that a key may take over from the statement that refers to it; a name out of a log is looked up here and never copied.</summary>
internal static class KnownTypes
{
    private static readonly Dictionary<string, string> Names = new(StringComparer.Ordinal)
    {
        ["int2"] = "smallint",
        ["smallserial"] = "smallint",
        ["int4"] = "integer",
        ["serial"] = "integer",
        ["int8"] = "bigint",
        ["bigserial"] = "bigint",
        ["uuid"] = "uuid",
        ["text"] = "text",
        ["varchar"] = "text",
    };

    /// <summary>By the parser's name of it.</summary>
    public static string? Name(string internalName) => Names.GetValueOrDefault(internalName);

    /// <summary>By the catalog's name of it.</summary>
    public static bool IsOne(string type) => type is "smallint" or "integer" or "bigint" or "uuid" or "text";
}
