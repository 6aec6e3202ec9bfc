namespace Nexus.Core.Databases.Queries;

/// <summary>How a type's text is written as JSON.</summary>
internal enum ValueKind
{
    Text,
    Boolean,
    Integer,
    Numeric,
    Float,
    Bytes,
    Timestamp,
    TimestampWithZone,
    Json,
}
