using FluentAssertions;
using FsCheck;
using FsCheck.Fluent;
using FsCheck.Xunit;
using Nexus.Core.Sources;
using Nexus.Core.Sources.Dockerfiles;
using Nexus.Core.Sources.Dockerfiles.Policy;
using Xunit;

namespace Nexus.Core.Tests.Sources.Dockerfiles;

public sealed class DockerfileProperties
{
    private static readonly DockerfilePolicy Policy = new(new ImagePolicy(new ImageOptions()));

    private static readonly string[] Pieces =
    [
        "FROM", "RUN", "COPY", "ENV", "ARG", "EXPOSE", "ONBUILD", "HEALTHCHECK CMD", " ", "\n", "\r\n", "\t", "\\\n", "\\", "`", "#", "# escape=`\n",
        "# syntax=", "<<EOF", "<<-'A'", "\nEOF\n", "$", "${", "}", "${X:-", "${X#*", "${X/a/", "$(", "(", ")", "\"", "'", "|", "||", "&", ";", "{", "if ",
        "then", "fi", "case", "esac", "curl", "sh", " -c ", "eval ", "A=", "--from=", "--mount=", "--", "[\"", "\"]", "node:20", "AS x", "22", "0", "-", "/", ":", "\0", "\uFEFF", "ä", "\uD83D",
    ];

    [Property(MaxTest = 3000)]
    public Property Whatever_comes_is_judged_and_never_fails() => Prop.ForAll(
        Gen.Elements(Pieces).ListOf().Select(pieces => "FROM node:20\n" + string.Concat(pieces)).ToArbitrary(),
        text => Policy.Judge(text).All(violation => violation.Line >= 1 && violation.Message.Length > 0));

    [Property(MaxTest = 1000)]
    public Property The_parser_throws_nothing_but_its_own_error() => Prop.ForAll(
        Gen.Elements(Pieces).ListOf().Select(string.Concat).ToArbitrary(),
        text =>
        {
            try
            {
                _ = Dockerfile.Parse(text);
            }
            catch (DockerfileException refused)
            {
                return refused.Line >= 1;
            }

            return true;
        });

    /// <summary>Each is as large as the policy reads at all, made of what would be slow in a careless parser.</summary>
    [Theory]
    [InlineData("RUN ", "$(", "")]
    [InlineData("RUN ", "`", "")]
    [InlineData("RUN ", "(", "")]
    [InlineData("RUN ", "{ ", "")]
    [InlineData("RUN ", "a | ", "")]
    [InlineData("RUN ", "a=b ", "")]
    [InlineData("RUN ", "curl x;", "")]
    [InlineData("RUN ", "\"$a", "")]
    [InlineData("RUN ", "${a:-", "")]
    [InlineData("RUN ", "<<a ", "")]
    [InlineData("ENV ", "a=\\\" ", "")]
    [InlineData("ENV A=", "a://b:", "")]
    [InlineData("ENV A=", "eyJaaaaaaaaaaaa.", "")]
    [InlineData("FROM ", "${a:-", "}")]
    [InlineData("ARG A=", "a", "\nFROM ${A%%*a*a*a*a*a*a*b}")]
    [InlineData("EXPOSE ", "1-1 ", "")]
    [InlineData("", "#\n", "")]
    [InlineData("", "\\\n", "")]
    [InlineData("RUN a", "\\\n#\n", "")]
    [InlineData("", "RUN a\n", "")]
    [InlineData("", "ENV a=b\n", "")]
    [InlineData("COPY ", "--from=a ", "b c")]
    public async Task A_hostile_size_comes_to_an_end(string begin, string repeated, string end)
    {
        var linesOf60K = string.Concat(Enumerable.Repeat(begin + string.Concat(Enumerable.Repeat(repeated, 60_000 / repeated.Length)) + end + "\n", 4));
        var judging = Task.Run(() => Policy.Judge("FROM node:20\n" + linesOf60K));

        // Generous, for busy machines: what grows with the square of the size or faster takes far longer.
        await judging.Invoking(task => task.WaitAsync(TimeSpan.FromMinutes(2))).Should().NotThrowAsync<TimeoutException>();
    }
}
