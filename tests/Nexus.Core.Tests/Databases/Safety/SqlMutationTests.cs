using FluentAssertions;
using FluentAssertions.Execution;
using FsCheck;
using FsCheck.Fluent;
using FsCheck.Xunit;
using Nexus.Core.Databases.Safety;
using Nexus.Testing;
using Npgsql;
using Xunit;

namespace Nexus.Core.Tests.Databases.Safety;

/// <summary>
/// The corpus written otherwise: what is hostile stays refused, or can't be read any more; what is legitimate stays what it was. The
/// same each time: to look for more, change the seed.
/// </summary>
[Collection(nameof(SafetyDatabase))]
public sealed class SqlMutationTests(Shared<SafetyDatabase> shared)
{
    private const string Seed = "20261128,6203";
    private const int OnTheServer = 3;
    private static readonly SqlJudge Judge = new(new SqlParser());

    [Property(MaxTest = 3000, Replay = Seed, Arbitrary = [typeof(Hostile)])]
    public void A_disguise_hides_nothing(Mutant mutant) => StaysRefused(mutant);

    [Property(MaxTest = 900, Replay = Seed, Arbitrary = [typeof(Legitimate)])]
    public void Gaps_and_letters_change_nothing(Mutant mutant) => StaysAllowed(mutant);

    [Fact]
    public async Task What_only_the_catalog_knows_is_known_in_disguise_too()
    {
        var database = await shared.GetAsync();
        var before = await database.StateAsync(withData: true);
        await using var connection = await database.WriterAsync();
        using var scope = new AssertionScope();
        foreach (var hostile in SqlCorpus.Hostile.Where(NeedsTheCatalog))
        {
            for (var seed = 0; seed < OnTheServer; seed++)
            {
                var sql = SqlMutations.Disguised(hostile.Sql, new Random(seed), explained: false);
                (await IsReadAsync(connection, sql)).Should().BeFalse("{0} with seed {1} is no read: {2}", hostile.Name, seed, sql);
            }
        }

        (await database.StateAsync(withData: true)).Should().Equal(before);
    }

    private static void StaysRefused(Mutant mutant)
    {
        var verdict = Judge.Judge(mutant.Sql);

        verdict.IsRefused.Should().BeTrue("{0} was", mutant);
        verdict.Canonical.Should().BeNull();
    }

    private static void StaysAllowed(Mutant mutant)
    {
        var (was, now) = (Judge.Judge(mutant.Original.Sql), Judge.Judge(mutant.Sql));

        now.Refusals.Should().BeEmpty("{0} had none", mutant);
        (now.Kind, now.IsRead, now.Risk).Should().Be((was.Kind, was.IsRead, was.Risk), "{0} was so", mutant);
        now.Tables.Should().Equal(was.Tables);
    }

    /// <summary>Whether it runs without anybody's word; what the server can't understand doesn't.</summary>
    private static async Task<bool> IsReadAsync(NpgsqlConnection connection, string sql)
    {
        try
        {
            return (await ProductRun.RunAsync(connection, sql, confirmed: false)) is { IsRefused: false, NeedsConfirmation: false };
        }
        catch (NpgsqlException)
        {
            return false;
        }
    }

    private static bool NeedsTheCatalog(CorpusStatement statement) =>
        statement.Verdict == "confirm" || statement.Verdict.StartsWith("catalog ", StringComparison.Ordinal);

    /// <summary>A statement of the corpus, written otherwise.</summary>
    public sealed record Mutant(CorpusStatement Original, int Seed, string Sql)
    {
        public override string ToString() => $"{Original.Name} with seed {Seed}: {Sql}";
    }

    public static class Hostile
    {
        public static Arbitrary<Mutant> Mutants() => Of(
            SqlCorpus.Hostile.Where(one => !NeedsTheCatalog(one) && one.Verdict != "no-statement"),
            (sql, chance) => SqlMutations.Disguised(sql, chance, explained: true));
    }

    public static class Legitimate
    {
        public static Arbitrary<Mutant> Mutants() => Of(SqlCorpus.Legitimate, SqlMutations.Respaced);
    }

    private static Arbitrary<Mutant> Of(IEnumerable<CorpusStatement> statements, Func<string, Random, string> mutate) =>
        (from statement in Gen.Elements(statements.ToArray())
         from seed in Gen.Choose(0, int.MaxValue)
         select new Mutant(statement, seed, mutate(statement.Sql, new Random(seed)))).ToArbitrary();
}
