namespace Nexus.Core.Databases.Safety.Parsing;

/// <summary>Where a token stands: in bytes, the end not included.</summary>
internal readonly record struct SqlToken(int Start, int End);
