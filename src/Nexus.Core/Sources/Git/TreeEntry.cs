namespace Nexus.Core.Sources.Git;

/// <summary>What a commit's tree has under a path.</summary>
internal sealed record TreeEntry(string Path, string Id, TreeEntryKind Kind, long Bytes);

/// <summary>The modes of a tree that mean something (git-fast-import(1)).</summary>
internal enum TreeEntryKind
{
    File,
    Executable,
    Link,
    Submodule,
}
