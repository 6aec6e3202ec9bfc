using Microsoft.IdentityModel.Tokens;
using Nexus.Auth.Keys;
using OpenIddict.Server;
using static OpenIddict.Abstractions.OpenIddictConstants;
using static OpenIddict.Server.OpenIddictServerEvents;

namespace Nexus.Auth.Protocol;

/// <summary>
/// Signs what others check with the key whose time it is, where OpenIddict knows only the keys of its start. Codes and refresh tokens
/// get a key of their own that never changes: nobody else reads them, and they outlive rotations.
/// </summary>
internal sealed class SignWithTheRing(SigningKeyRing ring, InternalSigningKey internalKey) : IOpenIddictServerHandler<GenerateTokenContext>
{
    public static OpenIddictServerHandlerDescriptor Descriptor { get; } =
        OpenIddictServerHandlerDescriptor.CreateBuilder<GenerateTokenContext>()
            .UseSingletonHandler<SignWithTheRing>()
            .SetOrder(OpenIddictServerHandlers.Protection.AttachSecurityCredentials.Descriptor.Order + 500)
            .Build();

    public ValueTask HandleAsync(GenerateTokenContext context)
    {
        context.SigningCredentials = context.TokenType is TokenTypeIdentifiers.AccessToken or TokenTypeIdentifiers.IdentityToken
            ? ring.Current
            : internalKey.Credentials;
        return ValueTask.CompletedTask;
    }
}

/// <summary>Signs what leaves this server as nothing but an opaque text.</summary>
internal sealed class InternalSigningKey(SecretBox box)
{
    private const string Purpose = "signature of codes and refresh tokens";

    /// <summary>What such texts may be signed with, the current key first.</summary>
    public IReadOnlyList<SymmetricSecurityKey> Keys { get; } =
        box.PreviousKeyFor(Purpose) is { } previous ? [Key(box.KeyFor(Purpose)), Key(previous)] : [Key(box.KeyFor(Purpose))];

    public SigningCredentials Credentials => new(Keys[0], SecurityAlgorithms.HmacSha256);

    private static SymmetricSecurityKey Key(byte[] key) => new(key) { KeyId = "internal" };
}
