using FluentAssertions;
using Xunit;

namespace Nexus.Testing.Tests;

public sealed class ChildProcessTests
{
    [Fact]
    public async Task A_command_ends_with_the_process_that_started_it()
    {
        // The shell that holds the pipe stands for the test process: it says its id and is then killed.
        await using var command = ChildProcess.Start(new(
            "bash", "-c", $"{{ echo $BASHPID; exec sleep 600; }} | {{ read -r holder; echo $holder; exec {Tool.Script("tied.sh")} sleep 601; }}"));
        var holder = await command.Log.WaitForAsync(_ => true, "the holder's id");
        command.HasExited.Should().BeFalse();

        await Shell.RunAsync(new("kill", "-KILL", holder));

        (await command.WaitForExitAsync()).Should().Be(128 + 9);
    }

    [Fact]
    public async Task Output_and_exit_code_are_those_of_the_command()
    {
        var result = await Shell.RunAsync(new("bash", "-c", "echo out; echo err >&2; exit 7"));

        result.Should().BeEquivalentTo(new { ExitCode = 7, Output = "out", Error = "err" });
        result.Invoking(r => r.Required).Should().Throw<InvalidOperationException>().WithMessage("*ended with 7*err*");
    }

    [Fact]
    public async Task A_command_that_hangs_is_killed_at_its_deadline() =>
        await FluentActions.Awaiting(() => Shell.RunAsync(new("sleep", "600"), TimeSpan.FromMilliseconds(200)))
            .Should().ThrowAsync<TimeoutException>().WithMessage("*sleep 600*");
}
