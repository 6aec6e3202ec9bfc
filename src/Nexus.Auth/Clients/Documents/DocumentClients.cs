using Microsoft.AspNetCore.Http;
using Microsoft.EntityFrameworkCore;
using Nexus.Auth.Http;
using Nexus.Auth.Storage;

namespace Nexus.Auth.Clients.Documents;

/// <summary>
/// Makes clients of metadata documents known when a request names them, and keeps their records as fresh as the documents' servers
/// ask for. A document that can't be had any more makes its client unknown; that it once was good is no reason to trust it still.
/// </summary>
internal sealed class DocumentClients(
    WebDocuments documents, RegistrationRules rules, DocumentClientStore store, AddressLimits limits,
    AuthOptions options, IDbContextFactory<AuthDbContext> database, TimeProvider time)
{
    private const int MostBytes = 5 * 1024;

    /// <summary>Why the client can't be used; null when it can, or isn't one of a document.</summary>
    public async Task<string?> ProblemOfAsync(string clientId, HttpContext http, CancellationToken cancellationToken)
    {
        if (!DocumentUrl.LooksLikeOne(clientId)) return null;
        if (!options.TakesMetadataDocuments) return "client_id is the URL of a metadata document, and this server takes none; register at /register";
        if (await IsKnownAsync(clientId, cancellationToken)) return null;
        if (DocumentUrl.ProblemOf(clientId) is { } problem) return $"client_id {problem}";
        if (documents.WouldFetch(clientId) && limits.Documents.Refuses(http))
            return "too many metadata documents were asked for from this address; try again in a minute";
        try
        {
            var document = await documents.GetAsync(clientId, MostBytes);
            await store.SaveAsync(clientId, rules.ReadDocument(document.Body, clientId), document.FreshUntil, cancellationToken);
            return null;
        }
        catch (WebDocumentException exception)
        {
            return $"the metadata document at client_id can't be had: {exception.Message}";
        }
        catch (OAuthException exception)
        {
            return $"the metadata document at client_id can't be used: {exception.Message}";
        }
    }

    /// <summary>Whether there is a record that counts: one whose document is fresh, or one of another kind.</summary>
    private async Task<bool> IsKnownAsync(string clientId, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        await using var db = await database.CreateDbContextAsync(cancellationToken);
        return await db.Clients.AnyAsync(
            client => client.ClientId == clientId && (client.DocumentFreshUntil == null || client.DocumentFreshUntil > now),
            cancellationToken);
    }
}
