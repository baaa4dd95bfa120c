/** Where a bench's camera sees its spaces. Large enough that one network run serves a picture: more runs would hide what goes on around them. */
export const busyView = {
  frames: [
    {
      file: "live",
      width: 1280,
      height: 720,
      spaces: Array.from({ length: 24 }, (_, space) => {
        const [left, top] = [40 + 150 * (space % 8), 200 + 160 * Math.floor(space / 8)];
        const polygon: [number, number][] = [
          [left, top],
          [left + 130, top],
          [left + 130, top + 140],
          [left, top + 140],
        ];
        return { id: `A${space}`, polygon };
      }),
    },
  ],
  zones: [],
  lines: [],
};
