"""Mail: who gets which letter, composing, the outbox and its delivery."""
