using FluentAssertions;
using Nexus.Core.Sources.Folders;
using Nexus.Testing;
using Xunit;

namespace Nexus.Core.Tests.Sources.Folders;

/// <summary>Folders come and go, also those of a process that died.</summary>
public sealed class SourceFoldersTests
{
    [Fact]
    public void A_folder_goes_with_its_source_and_all_go_with_the_process()
    {
        using var temporary = new TemporaryFolder();
        using (var folders = new SourceFolders(temporary.Path))
        {
            var kept = folders.Create();
            using (var folder = folders.Create()) File.WriteAllText(Path.Combine(folder.Files, "a"), "1");
            Directory.GetDirectories(Path.GetDirectoryName(Path.GetDirectoryName(kept.Files))!).Should().ContainSingle();
        }

        Directory.EnumerateFileSystemEntries(temporary.Path).Should().BeEmpty();
    }

    [Fact]
    public void What_a_dead_process_left_is_removed_and_what_a_living_one_has_stays()
    {
        using var temporary = new TemporaryFolder();
        var left = Directory.CreateDirectory(temporary.At("dead", "1", "files")).FullName;
        File.WriteAllText(temporary.At("dead.lock"), "");
        File.CreateSymbolicLink(Path.Combine(left, "link"), "/");
        using var living = new SourceFolders(temporary.Path);
        var used = living.Create();
        using var next = new SourceFolders(temporary.Path);

        Directory.Exists(temporary.At("dead")).Should().BeFalse();
        File.Exists(temporary.At("dead.lock")).Should().BeFalse();
        Directory.Exists(used.Files).Should().BeTrue();
    }
}
