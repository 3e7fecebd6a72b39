package lowrank4j.io;

/** What a reader does when a file gives the same entry of a matrix more than once. */
public enum DuplicatePolicy {
    /** The file is refused, and the message names two of the places. */
    REFUSE,
    /** The value given last counts; the entry keeps the position of its first appearance. */
    LAST,
    /** The mean of the values counts; the entry keeps the position of its first appearance. */
    MEAN
}
