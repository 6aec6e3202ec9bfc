using System.Reflection;

namespace Nexus.Architecture.Tests;

/// <summary>One project of the product and what its compiled code refers to.</summary>
public static class Room
{
    public static string[] References(string name) =>
        [.. Assembly.Load(name).GetReferencedAssemblies().Select(assembly => assembly.Name!)];

    /// <summary>The other rooms that a room's code refers to.</summary>
    public static string[] OtherRooms(string name) =>
        [.. References(name).Where(reference => reference.StartsWith("Nexus.", StringComparison.Ordinal))];
}
