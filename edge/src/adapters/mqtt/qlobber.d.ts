declare module "qlobber" {
  /** Finds the values whose topic filter matches a topic. Not typed by its maker. */
  export class Qlobber<Value> {
    constructor(options: {
      readonly separator: string;
      readonly wildcard_one: string;
      readonly wildcard_some: string;
      readonly match_empty_levels: boolean;
    });
    add(filter: string, value: Value): this;
    /** Without a value: everything under this filter. */
    remove(filter: string, value?: Value): this;
    match(topic: string): Value[];
  }
}
