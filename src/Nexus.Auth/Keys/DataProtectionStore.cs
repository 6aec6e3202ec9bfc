using Microsoft.AspNetCore.DataProtection.KeyManagement;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Nexus.Auth.Storage;

namespace Nexus.Auth.Keys;

/// <summary>Tells data protection where its keys are and how they are sealed.</summary>
internal sealed class DataProtectionStore(IDbContextFactory<AuthDbContext> database, SecretBox box, TimeProvider time)
    : IConfigureOptions<KeyManagementOptions>
{
    public void Configure(KeyManagementOptions options)
    {
        options.XmlRepository = new DataProtectionKeys(database, time);
        options.XmlEncryptor = new SealedXmlEncryptor(box);
    }
}
