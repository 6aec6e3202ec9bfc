namespace Nexus.Server.Configuration;

/// <summary>Settings that the server can't start with; each with its name and how to mend it.</summary>
internal sealed class SettingsException(IReadOnlyList<SettingProblem> problems)
    : Exception(string.Join(Environment.NewLine, problems))
{
    public IReadOnlyList<SettingProblem> Problems { get; } = problems;
}

/// <summary>What is wrong with a setting, and what to do. Never its value, which may be a secret.</summary>
internal sealed record SettingProblem(string Setting, string Message, string Mend)
{
    public override string ToString() => $"{Setting}: {Message} {Mend}";
}
