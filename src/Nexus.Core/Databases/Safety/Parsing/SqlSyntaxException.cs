namespace Nexus.Core.Databases.Safety.Parsing;

/// <summary>What the parser can't read, and where: in characters from 1.</summary>
internal sealed class SqlSyntaxException(string message, int? position) : Exception(message)
{
    public int? Position { get; } = position;
}
