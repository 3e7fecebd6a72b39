package lowrank4j.cli.replicate;

import java.util.List;

/** A figure, table or claim of a paper that is run anew, one trial a seed. */
public interface Figure {
    /** As the command calls it: small letters, digits and hyphens. */
    String name();

    /** Authors, year and place. */
    String paper();

    /** What it shows, in a sentence. */
    String claim();

    /**
     * What is run, in a sentence with its sizes.
     *
     * @param quick whether the smaller sizes are meant
     */
    String setUp(boolean quick);

    /** What must hold; each quantity is measured once a trial. */
    List<Band> bands();

    /** The parts of the picture, from top to bottom. */
    List<Axes> axes();

    /** Runs one trial, telling it what is measured. */
    void run(Trial trial);
}
