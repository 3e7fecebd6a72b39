package lowrank4j.sensing;

/** Which factor gradients are wanted. */
public enum Sides {
    LEFT,
    RIGHT,
    BOTH;

    public boolean left() {
        return this != RIGHT;
    }

    public boolean right() {
        return this != LEFT;
    }
}
