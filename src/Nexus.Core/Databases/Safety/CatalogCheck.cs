using Nexus.Core.Databases.Safety.Catalog;
using Npgsql;

namespace Nexus.Core.Databases.Safety;

/// <summary>
/// Asks the database's own catalog what the names of a statement mean: whether its functions write, who they run as, what views,
/// operators, casts and domains lead to. To be asked in the transaction that runs the statement, with its search path.
/// </summary>
public sealed class CatalogCheck(SqlParser parser)
{
    private const int MostRounds = 12;
    private const int MostNames = 5_000;

    /// <summary>The verdict with what the catalog adds: more refusals, and no read where a function may write.</summary>
    public async Task<SqlVerdict> CheckAsync(NpgsqlConnection connection, SqlVerdict verdict, CancellationToken cancellation)
    {
        if (verdict.IsRefused) return verdict;
        var findings = new CatalogFindings();
        var search = new CatalogSearch(parser, findings);
        search.Add(verdict.Mentions);
        for (var round = 0; search.Next() is { IsEmpty: false } question; round++)
        {
            if (round == MostRounds || question.Count > MostNames)
            {
                findings.Refusals.Add(new("too-deep", "What the statement leads to in the database is too much to check.", "Use fewer views and functions.", null));
                break;
            }

            search.Take(question, await CatalogQueries.AskAsync(connection, question, cancellation));
        }

        return findings.AddTo(verdict);
    }
}
