"""The archive's pages: the asker's, the moderator's, the reader's."""
