namespace Nexus.Core.Projects;

/// <summary>What can't be done with projects.</summary>
internal static class ProjectErrors
{
    public static NexusException NotFound() => new(
        "PROJECT_NOT_FOUND", "There is no such project.", "List the projects to see their ids.", "projectId");

    public static NexusException NoneAssigned() => new(
        "PROJECT_NOT_FOUND",
        "You are not assigned to any project.",
        "Ask an Owner or Admin to assign you to one.",
        "projectId");

    public static NexusException Exists(string name) => new(
        "PROJECT_EXISTS", $"There is a project named {name} already.", "Choose another name.", "name");

    public static NexusException BadName() => new(
        "INVALID_NAME", $"A project's name has 1 to {ProjectCommands.LongestName} characters, none of them a control character.", null, "name");

    public static NexusException TooMany(int most) =>
        new("QUOTA_EXCEEDED", $"There are {most} projects already; more can't be had.", "Delete one that isn't needed.");

    public static NexusException InUse(string name) => new(
        "PROJECT_IN_USE",
        $"{name} has had deployments, or has secrets of its own.",
        "Only a project that nothing was ever deployed to can be deleted; rename it instead.",
        "projectId");

    public static NexusException Last() => new(
        "LAST_PROJECT", "This is the organisation's last project.", "Create another one first.", "projectId");
}
