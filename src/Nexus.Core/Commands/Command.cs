using System.Security.Cryptography;
using System.Text.Json;
using Nexus.Core.Access;

namespace Nexus.Core.Commands;

/// <summary>An operation that changes something, with its arguments as they were asked.</summary>
public sealed record Command(Operation Operation, object Arguments, CommandOptions Options)
{
    /// <summary>What the audit keeps: the arguments without values that may be secret. By default all of them.</summary>
    public object? AuditedArguments { get; init; }

    internal string Fingerprint => Convert.ToHexStringLower(SHA256.HashData(
        JsonSerializer.SerializeToUtf8Bytes(new { Operation = Operation.ToString(), Arguments, Options.DryRun, Options.ExpectedRevision })));
}
