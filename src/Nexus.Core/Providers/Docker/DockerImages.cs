using System.Net;
using Docker.DotNet;
using Docker.DotNet.Models;
using Nexus.Core.Sources;

namespace Nexus.Core.Providers.Docker;

/// <summary>Makes images present on the engine and names their exact content.</summary>
internal sealed class DockerImages(DockerConnection connection, DockerOptions options, TimeProvider time)
{
    public Task<ResolvedImage> ResolveAsync(
        ImageReference image, PullPolicy policy, IProgress<string>? progress, CancellationToken cancellationToken) =>
        connection.CallAsync(
            async engine =>
            {
                var local = await FindAsync(engine, NameOf(image), cancellationToken);
                if (local is not null && policy == PullPolicy.Missing) return Resolved(image, local, digest: null);
                try
                {
                    return await PullAsync(engine, image, progress, cancellationToken);
                }
                catch (ProviderException failure) when (local is not null && failure.Code == PullErrors.RegistryUnreachable)
                {
                    return Resolved(image, local, digest: null) with
                    {
                        Note = $"{failure.Message} The image that is on the engine already is used.",
                    };
                }
            },
            cancellationToken);

    /// <summary>The id and the digests of the image; none where it isn't there.</summary>
    public Task<IReadOnlySet<string>> FindNamesAsync(string reference, CancellationToken cancellationToken) =>
        connection.CallAsync<IReadOnlySet<string>>(
            async engine => await FindAsync(engine, reference, cancellationToken) is { } image
                ? new HashSet<string>([image.ID, .. image.RepoDigests ?? []])
                : new HashSet<string>(),
            cancellationToken);

    /// <summary>Takes the image's names away one by one; with the last of them the engine deletes it. False while a container uses it.</summary>
    public Task<bool> RemoveAsync(string reference, IReadOnlyCollection<string> tags, CancellationToken cancellationToken) =>
        connection.CallAsync(
            async engine =>
            {
                if (await FindAsync(engine, reference, cancellationToken) is not { } image) return true;
                var own = tags.Select(tag => NameOf(ImageReference.Parse(tag))).ToHashSet();
                if ((image.RepoTags ?? []).Any(tag => !own.Contains(tag))) return true;
                foreach (var name in (image.RepoTags ?? []).Concat(image.RepoDigests ?? []).Append(image.ID))
                    if (!await TryRemoveAsync(engine, name, cancellationToken)) return false;
                return true;
            },
            cancellationToken);

    private static async Task<bool> TryRemoveAsync(ConnectedEngine engine, string name, CancellationToken cancellationToken)
    {
        try
        {
            await engine.Client.Images.DeleteImageAsync(name, new ImageDeleteParameters { Force = false }, cancellationToken);
            return true;
        }
        catch (DockerImageNotFoundException)
        {
            return true;
        }
        catch (DockerApiException used) when (used.StatusCode == HttpStatusCode.Conflict)
        {
            // A container was made from it.
            return false;
        }
    }

    private static async Task<HashSet<string>> PresentIdsAsync(ConnectedEngine engine, CancellationToken cancellationToken)
    {
        var present = await engine.Client.Images.ListImagesAsync(new ImagesListParameters(), cancellationToken);
        return [.. present.Select(image => image.ID)];
    }

    private async Task<ResolvedImage> PullAsync(
        ConnectedEngine engine, ImageReference image, IProgress<string>? progress, CancellationToken cancellationToken)
    {
        progress?.Report($"Pulling {image}");
        using var overall = new CancellationTokenSource(options.PullTimeout, time);
        using var stall = new CancellationTokenSource(options.PullStallTimeout, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, overall.Token, stall.Token);
        var present = await PresentIdsAsync(engine, either.Token);
        var pull = new PullProgress(image.ToString(), progress, time, heard: () => stall.CancelAfter(options.PullStallTimeout));
        try
        {
            await engine.Client.Images.CreateImageAsync(
                new ImagesCreateParameters { FromImage = image.FamiliarName, Tag = image.Digest ?? image.Tag },
                authConfig: null, pull, either.Token);
        }
        catch (DockerApiException refused)
        {
            throw PullErrors.From(image.ToString(), DockerErrors.MessageOf(refused), refused);
        }
        catch (OperationCanceledException late) when (!cancellationToken.IsCancellationRequested)
        {
            throw PullErrors.NotReached(image.ToString(), "does not send the image in time", late);
        }

        if (pull.Error is { } error) throw PullErrors.From(image.ToString(), error, inner: null);
        var pulled = await FindAsync(engine, NameOf(image), cancellationToken) ?? throw PullErrors.Missing(image.ToString(), inner: null);
        return Resolved(image, pulled, pull.Digest) with { Fetched = !present.Contains(pulled.ID) };
    }

    /// <summary>Null where it isn't there.</summary>
    public static async Task<ImageInspectResponse?> FindAsync(
        ConnectedEngine engine, string name, CancellationToken cancellationToken)
    {
        try
        {
            return await engine.Client.Images.InspectImageAsync(name, cancellationToken);
        }
        catch (DockerImageNotFoundException)
        {
            return null;
        }
    }

    /// <summary>
    /// The registry's digest where it is known, also of an image that was there already: unlike an id it can be pulled again
    /// after a clean-up. An image that was built here has only its id.
    /// </summary>
    private static ResolvedImage Resolved(ImageReference image, ImageInspectResponse inspected, string? digest)
    {
        var known = inspected.RepoDigests ?? [];
        var prefix = image.FamiliarName + "@";
        var reference = known.FirstOrDefault(candidate => candidate == prefix + (image.Digest ?? digest))
            ?? known.FirstOrDefault(candidate => candidate.StartsWith(prefix, StringComparison.Ordinal))
            ?? inspected.ID;
        return new ResolvedImage(reference, ExposedPorts(inspected), Note: null);
    }

    /// <summary>The TCP ports that the image declares.</summary>
    public static int[] ExposedPorts(ImageInspectResponse inspected) =>
        [.. (inspected.Config?.ExposedPorts?.Keys ?? [])
            .Select(port => port.Split('/'))
            .Where(port => port is [_] or [_, "tcp"])
            .Select(port => int.TryParse(port[0], out var number) ? number : 0)
            .Where(number => number > 0)
            .Order()];

    /// <summary>The engine goes by the digest where there is one, whatever the tag.</summary>
    private static string NameOf(ImageReference image) =>
        image.FamiliarName + (image.Digest is { } digest ? $"@{digest}" : $":{image.Tag}");
}
