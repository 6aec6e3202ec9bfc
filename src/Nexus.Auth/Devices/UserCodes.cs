using Nexus.Auth.Http;
using OpenIddict.Server;
using OpenIddict.Server.AspNetCore;
using static OpenIddict.Server.OpenIddictServerEvents;

namespace Nexus.Auth.Devices;

/// <summary>The codes that people type from one screen into another (RFC 8628 §6.1).</summary>
internal sealed class UserCodes : IOpenIddictServerHandler<ExtractEndUserVerificationRequestContext>
{
    /// <summary>No vowels, so no words; no digits that look like letters.</summary>
    public const string Letters = "BCDFGHJKLMNPQRSTVWXZ";

    public const int Length = 8;

    /// <summary>Two groups with a dash.</summary>
    public const string Format = "{0}{1}{2}{3}-{4}{5}{6}{7}";

    public static OpenIddictServerHandlerDescriptor Descriptor { get; } =
        OpenIddictServerHandlerDescriptor.CreateBuilder<ExtractEndUserVerificationRequestContext>()
            .UseSingletonHandler<UserCodes>()
            .SetOrder(OpenIddictServerAspNetCoreHandlers.ExtractGetOrPostRequest<ExtractEndUserVerificationRequestContext>.Descriptor.Order + 500)
            .Build();

    /// <summary>Upper case, and with the dash, as it is shown.</summary>
    public static string Normalize(string typed)
    {
        var letters = string.Concat(typed.ToUpperInvariant().Where(Letters.Contains));
        return letters.Length == Length ? $"{letters[..4]}-{letters[4..]}" : Printable.Shorten(letters);
    }

    public ValueTask HandleAsync(ExtractEndUserVerificationRequestContext context)
    {
        if (context.Request?.UserCode is { Length: > 0 } typed) context.Request.UserCode = Normalize(typed);
        return ValueTask.CompletedTask;
    }
}
