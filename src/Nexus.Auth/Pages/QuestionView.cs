namespace Nexus.Auth.Pages;

/// <summary>The consent question as a form: where it goes, what it carries along, and what the person has to be told again.</summary>
internal sealed record QuestionView(
    ConsentView Question, string Action, IEnumerable<KeyValuePair<string, string?>> Parameters, string? Reminder)
{
    public const string LeaveOneTick = "Leave at least one tick, or deny.";
}
