using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Nexus.Auth.Storage.Migrations.Sqlite
{
    /// <inheritdoc />
    public partial class Pruning : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "IX_OAuthTokens_CreationDate",
                table: "OAuthTokens");

            migrationBuilder.AddColumn<long>(
                name: "LastUsedAt",
                table: "OAuthClients",
                type: "INTEGER",
                nullable: true);

            migrationBuilder.CreateIndex(
                name: "IX_OAuthTokens_ExpirationDate",
                table: "OAuthTokens",
                column: "ExpirationDate");

            migrationBuilder.CreateIndex(
                name: "IX_OAuthClients_LastUsedAt_CreatedAt",
                table: "OAuthClients",
                columns: new[] { "LastUsedAt", "CreatedAt" });
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "IX_OAuthTokens_ExpirationDate",
                table: "OAuthTokens");

            migrationBuilder.DropIndex(
                name: "IX_OAuthClients_LastUsedAt_CreatedAt",
                table: "OAuthClients");

            migrationBuilder.DropColumn(
                name: "LastUsedAt",
                table: "OAuthClients");

            migrationBuilder.CreateIndex(
                name: "IX_OAuthTokens_CreationDate",
                table: "OAuthTokens",
                column: "CreationDate");
        }
    }
}
