using FluentAssertions;
using Nexus.Core.Storage;
using Xunit;

namespace Nexus.Core.Tests.Storage;

public sealed class GroupCommitTests
{
    private readonly TaskCompletionSource _firstMayEnd = new();
    private readonly List<IReadOnlyList<int>> _transactions = [];

    [Fact]
    public async Task Who_comes_while_another_writes_is_written_together_with_all_that_came()
    {
        var commit = new GroupCommit<int, string>(WriteAsync);
        var first = commit.WriteAsync(1);
        var others = Enumerable.Range(2, 5).Select(commit.WriteAsync).ToList();
        _firstMayEnd.SetResult();

        (await Task.WhenAll(others.Prepend(first))).Should().Equal("1", "2", "3", "4", "5", "6");
        _transactions.Select(items => items.Count).Should().Equal(1, 5);
    }

    [Fact]
    public async Task Who_fails_fails_alone()
    {
        var commit = new GroupCommit<int, string>(async items =>
            items.Contains(3) ? throw new InvalidDataException("three") : await WriteAsync(items));
        var first = commit.WriteAsync(1);
        var others = Enumerable.Range(2, 3).Select(commit.WriteAsync).ToList();
        _firstMayEnd.SetResult();

        (await others[0]).Should().Be("2");
        (await FluentActions.Awaiting(() => others[1]).Should().ThrowAsync<InvalidDataException>()).WithMessage("three");
        (await others[2]).Should().Be("4");
        (await first).Should().Be("1");
    }

    [Fact]
    public async Task What_can_not_go_together_goes_one_by_one()
    {
        var commit = new GroupCommit<int, string>(async items => items is [_] ? await WriteAsync(items) : null);
        var all = Enumerable.Range(1, 4).Select(commit.WriteAsync).ToList();
        _firstMayEnd.SetResult();

        (await Task.WhenAll(all)).Should().Equal("1", "2", "3", "4");
        _transactions.Should().HaveCount(4);
    }

    [Fact]
    public async Task After_a_failure_it_goes_on()
    {
        _firstMayEnd.SetResult();
        var commit = new GroupCommit<int, string>(items => items is [1] ? throw new InvalidDataException() : WriteAsync(items));
        await FluentActions.Awaiting(() => commit.WriteAsync(1)).Should().ThrowAsync<InvalidDataException>();
        (await commit.WriteAsync(2)).Should().Be("2");
    }

    [Fact]
    public async Task A_crowd_is_written_each_once()
    {
        _firstMayEnd.SetResult();
        var commit = new GroupCommit<int, string>(WriteAsync);
        var answers = await Task.WhenAll(Enumerable.Range(0, 1000).Select(item => Task.Run(() => commit.WriteAsync(item))));
        answers.Should().Equal(Enumerable.Range(0, 1000).Select(item => $"{item}"));
        _transactions.SelectMany(items => items).Should().BeEquivalentTo(Enumerable.Range(0, 1000));
        _transactions.Should().OnlyContain(items => items.Count <= 64);
    }

    private async Task<IReadOnlyList<string>?> WriteAsync(IReadOnlyList<int> items)
    {
        _transactions.Add(items);
        await _firstMayEnd.Task;
        return [.. items.Select(item => $"{item}")];
    }
}
