namespace Nexus.Benchmarks.Measuring;

/// <summary>Somebody who is measured, and how.</summary>
internal sealed record Contender<T>(string Name, Func<Task<T>> Measure);

/// <summary>Runs contenders in turns — A B A B — in one run, after a round that isn't counted.</summary>
internal static class Contest
{
    public static async Task<IReadOnlyDictionary<string, IReadOnlyList<T>>> RunAsync<T>(int rounds, params IReadOnlyList<Contender<T>> contenders)
    {
        var results = contenders.ToDictionary(contender => contender.Name, _ => new List<T>());
        for (var round = 0; round <= rounds; round++)
        {
            foreach (var contender in contenders)
            {
                var result = await contender.Measure();
                Console.WriteLine($"  {(round == 0 ? "warm-up" : $"round {round}")}: {contender.Name}: {result}");
                if (round > 0) results[contender.Name].Add(result);
            }
        }

        return results.ToDictionary(pair => pair.Key, pair => (IReadOnlyList<T>)pair.Value);
    }
}
