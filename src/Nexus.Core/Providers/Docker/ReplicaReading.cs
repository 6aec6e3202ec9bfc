using System.Globalization;
using Docker.DotNet.Models;

namespace Nexus.Core.Providers.Docker;

/// <summary>Reads a replica out of what the engine says of its container.</summary>
internal static class ReplicaReading
{
    /// <summary>Null for a container that lacks our labels.</summary>
    public static Replica? From(ContainerInspectResponse container)
    {
        var labels = container.Config?.Labels;
        if (container.State is not { } state) return null;
        if (ReplicaLabels.Number(labels, ReplicaLabels.Revision) is not { } revision) return null;
        if (ReplicaLabels.Number(labels, ReplicaLabels.Replica) is not { } ordinal) return null;
        var life = StateOf(state);
        return new Replica
        {
            Id = container.ID,
            Revision = revision,
            Ordinal = ordinal,
            State = life,
            Address = life == ReplicaState.Running ? AddressOf(container, ReplicaLabels.Number(labels, ReplicaLabels.Port)) : null,
            ExitCode = life == ReplicaState.Exited ? (int)state.ExitCode : null,
            Reason = life == ReplicaState.Exited ? ReasonOf(state, container.HostConfig?.Memory ?? 0) : null,
            OutOfMemory = life == ReplicaState.Exited && state.OOMKilled,
            StartedAt = TimeOf(state.StartedAt),
            EndedAt = life == ReplicaState.Exited ? TimeOf(state.FinishedAt) : null,
        };
    }

    private static ReplicaState StateOf(State state) => state.Status switch
    {
        "running" or "paused" or "restarting" => ReplicaState.Running,
        // One that could not be started stays "created" for ever, with the error.
        "created" when state.ExitCode == 0 => ReplicaState.Created,
        _ => ReplicaState.Exited,
    };

    private static string? AddressOf(ContainerInspectResponse container, int? port)
    {
        if (port is null || container.NetworkSettings is not { } network) return null;
        var key = string.Create(CultureInfo.InvariantCulture, $"{port}/tcp");
        if (network.Ports?.TryGetValue(key, out var bindings) == true && bindings is [{ } binding, ..])
            return $"{binding.HostIP}:{binding.HostPort}";
        var address = network.Networks?.Values.Select(endpoint => endpoint.IPAddress).FirstOrDefault(ip => ip.Length > 0);
        return address is null ? null : string.Create(CultureInfo.InvariantCulture, $"{address}:{port}");
    }

    private static string? ReasonOf(State state, long memory) => state switch
    {
        { OOMKilled: true } => string.Create(CultureInfo.InvariantCulture, $"it ran out of memory (limit {memory / (1024 * 1024)} MiB)"),
        { Error.Length: > 0 } => StartErrors.Short(state.Error),
        // What the init process says of a command that it can't execute; shells use the same codes.
        { ExitCode: 127 } => "the command was not found in the image (exit code 127)",
        { ExitCode: 126 } => "the command could not be executed (exit code 126)",
        { ExitCode: 137 } => "it was killed (SIGKILL)",
        { ExitCode: 139 } => "it crashed (SIGSEGV)",
        { ExitCode: 143 } => "it was asked to end (SIGTERM)",
        _ => null,
    };

    /// <summary>The engine writes the year 1 for what has not happened.</summary>
    private static DateTimeOffset? TimeOf(string text) =>
        DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time) && time.Year > 1
            ? time
            : null;
}
