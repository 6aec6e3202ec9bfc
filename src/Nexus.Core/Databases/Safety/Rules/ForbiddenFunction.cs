namespace Nexus.Core.Databases.Safety.Rules;

/// <summary>Why a function is refused.</summary>
/// <param name="Does">What it does, after "it".</param>
internal sealed record ForbiddenFunction(string Rule, string Does, string Hint);
