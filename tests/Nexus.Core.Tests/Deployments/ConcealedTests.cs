using FluentAssertions;
using Nexus.Core.Deployments;
using Xunit;

namespace Nexus.Core.Tests.Deployments;

public sealed class ConcealedTests
{
    [Theory]
    [InlineData("redis-server --requirepass hunter2 --port 6379", "redis-server --requirepass (hidden) --port 6379")]
    [InlineData("serve --api-key='a b' --verbose", "serve --api-key=(hidden) --verbose")]
    [InlineData("serve --TOKEN \"a b\" now", "serve --TOKEN (hidden) now")]
    [InlineData("sh -c \"serve --token hunter2\"", "sh -c \"serve --token (hidden)\"")]
    [InlineData("psql --no-password --host db", "psql --no-password --host db")]
    [InlineData("npm run build --workspace web", "npm run build --workspace web")]
    [InlineData("DB_PASSWORD=hunter2 node server.js", "DB_PASSWORD=[redacted] node server.js")]
    public void A_command_line_keeps_its_words_but_not_its_secrets(string command, string kept) =>
        Concealed.Command(command).Should().Be(kept);

    [Theory]
    [InlineData("redis-server|--requirepass|hunter2|--port|6379", "redis-server|--requirepass|(hidden)|--port|6379")]
    [InlineData("serve|--api-key=hunter2|--verbose", "serve|--api-key=(hidden)|--verbose")]
    [InlineData("sh|-c|'exec serve --token hunter2 --port 1'", "sh|-c|'exec serve --token (hidden) --port 1'")]
    [InlineData("sh|-c|serve --token hunter2", "sh|-c|serve --token (hidden)")]
    [InlineData("psql|--no-password|--host|db", "psql|--no-password|--host|db")]
    [InlineData("serve|--secret", "serve|--secret")]
    public void So_does_a_command_of_separate_arguments(string command, string kept) =>
        Concealed.Command(command.Split('|')).Should().Equal(kept.Split('|'));

    [Fact]
    public void What_was_not_given_stays_so()
    {
        Concealed.Command((string?)null).Should().BeNull();
        Concealed.Command((IReadOnlyList<string>?)null).Should().BeNull();
    }

    [Fact]
    public void A_long_command_is_no_trap() =>
        Concealed.Command(string.Concat(Enumerable.Repeat("--pass-", 10_000))).Should().HaveLength(70_000);
}
