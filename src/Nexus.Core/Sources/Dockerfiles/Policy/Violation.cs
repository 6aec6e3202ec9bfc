namespace Nexus.Core.Sources.Dockerfiles.Policy;

/// <summary>What a Dockerfile must not have.</summary>
/// <param name="Line">Of the instruction, from 1.</param>
/// <param name="Rule">A stable name, e.g. <c>base-image</c>.</param>
/// <param name="Message">In the documents' words.</param>
/// <param name="Fix">What to do about it.</param>
public sealed record Violation(int Line, string Rule, string Message, string Fix);
