using System.Runtime.ExceptionServices;

namespace Nexus.Core.Databases.Safety.Parsing;

/// <summary>
/// Runs the parser on a thread whose stack has room for the deepest tree that <see cref="NestingBound"/> lets through: it recurses
/// over its tree without a bound of its own. The memory of a stack is taken as it is used.
/// </summary>
internal static class DeepStack
{
    private const int Size = 512 * 1024 * 1024;

    public static T Run<T>(Func<T> work)
    {
        T? result = default;
        ExceptionDispatchInfo? failure = null;
        var thread = new Thread(
            () =>
            {
                try
                {
                    result = work();
                }
                catch (Exception exception)
                {
                    failure = ExceptionDispatchInfo.Capture(exception);
                }
            },
            Size)
        { IsBackground = true, Name = "SQL parser" };
        thread.Start();
        thread.Join();
        failure?.Throw();
        return result!;
    }
}
