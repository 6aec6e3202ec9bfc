using System.Globalization;

namespace Nexus.Benchmarks.Measuring;

/// <summary>What several rounds of one contender gave.</summary>
internal sealed class Samples(IEnumerable<double> values)
{
    private readonly double[] _sorted = [.. values.Order()];

    public double Median => _sorted.Length % 2 == 1
        ? _sorted[_sorted.Length / 2]
        : (_sorted[_sorted.Length / 2 - 1] + _sorted[_sorted.Length / 2]) / 2;

    /// <summary>Median and range, for a table.</summary>
    public string Cells(string format) => string.Create(
        CultureInfo.InvariantCulture, $"{Text(Median, format)} | {Text(_sorted[0], format)}–{Text(_sorted[^1], format)}");

    private static string Text(double value, string format) => value.ToString(format, CultureInfo.InvariantCulture);
}
