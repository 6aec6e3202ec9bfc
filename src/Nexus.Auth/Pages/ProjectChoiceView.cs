using Nexus.Core.Projects;

namespace Nexus.Auth.Pages;

/// <summary>Which projects somebody new is assigned to; the oldest is ticked, so that nobody comes into an empty room.</summary>
internal sealed record ProjectChoiceView(IReadOnlyList<ProjectPeople> Projects)
{
    public const string Field = "projects";

    public bool IsTicked(ProjectPeople project) => project.Id == Projects.Min(one => one.Id);
}
