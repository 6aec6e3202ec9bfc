using Microsoft.EntityFrameworkCore;

namespace Nexus.Auth.Storage;

/// <summary>The model on PostgreSQL.</summary>
internal sealed class PostgreSqlAuthDbContext(DbContextOptions<PostgreSqlAuthDbContext> options) : AuthDbContext(options);
